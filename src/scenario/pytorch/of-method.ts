import type { MethodInfo } from '../../engine/contracts/method.ts';
import { type PythonMethod, pythonMethods } from './methods.ts';
import { pythonOfRule } from './of-rule.ts';

/** A method's objective as PyTorch writes it: by hand, or made of its formulas; undefined where there is neither. */
export const pythonMethodOf = (method: Pick<MethodInfo, 'id' | 'params' | 'rule'>): PythonMethod | undefined =>
  Object.hasOwn(pythonMethods, method.id) ? pythonMethods[method.id] : method.rule && pythonOfRule(method);
