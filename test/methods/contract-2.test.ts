import { holdMethodsToContract } from './contract.ts';

holdMethodsToContract(1, 2);
