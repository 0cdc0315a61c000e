import type { Citation } from '../../../engine/base/schema.ts';

export const tofu = (where: string): Citation => ({
  authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
  title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
  year: 2024,
  url: 'https://arxiv.org/abs/2401.06121',
  where,
});

export const npoPaper = (where: string): Citation => ({
  authors: 'Zhang, Lin, Bai, Mei',
  title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
  year: 2024,
  url: 'https://arxiv.org/abs/2404.05868',
  where,
});

export const rwku = (where: string): Citation => ({
  authors: 'Jin, Cao, Wang, He, Yuan, Li, Chen, Liu, Zhao',
  title: 'RWKU: Benchmarking Real-World Knowledge Unlearning for Large Language Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2406.10890',
  where,
});

export const openUnlearning = (where: string): Citation => ({
  authors: 'Dorna, Mekala, Zhao, McCallum, Lipton, Kolter, Maini',
  title: 'OpenUnlearning: Accelerating LLM Unlearning via Unified Benchmarking of Methods and Metrics',
  year: 2025,
  url: 'https://arxiv.org/abs/2506.12618',
  where,
});

export const muse: Citation = {
  authors: 'Shi, Lee, Huang, Malladi, Zhao, Holtzman, Liu, Zettlemoyer, Smith, Zhang',
  title: 'MUSE: Machine Unlearning Six-Way Evaluation for Language Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2407.06460',
  where: 'PrivLeak; sign and ε as in OpenUnlearning',
};

export const minKPaper: Citation = {
  authors: 'Shi, Ajith, Xia, Huang, Liu, Blevins, Chen, Zettlemoyer',
  title: 'Detecting Pretraining Data from Large Language Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2310.16789',
  where: 'Min-K% Prob',
};
