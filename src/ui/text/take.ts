/** The words of taking pictures and citations away; a part of the catalogue in text.ts. */
export const take = {
  menu: 'Pictures, weights, PyTorch, citations …',
  title: 'Take away',
  pictures: 'Pictures',
  lead: 'As they are on the page now, in the colors of the page. The title, seeds, step and link stand below the picture.',
  light: 'On a light background, for print',
  none: 'There is no picture on the page in this room: go to Compare.',
  save: (format: string, name: string) => `Save ${name} as ${format}`,
  failed: (reason: string) => `The picture could not be made: ${reason}`,
  caption: (title: string, step: number, seeds: string) => `${title}. Step ${step}, seeds ${seeds}.`,
  checksum: (sum: string) => `Checksum ${sum}.`,
  stale: 'The settings have changed since: this is the result before the change.',
  weights: 'Weights',
  weightsLead: (step: number) =>
    `At step ${step} of the clock. “Open” reads the JSON file back: what stands in it is the original model of the experiment on screen. NumPy reads the .npz: numpy.load(file)["W1"], inputs in rows, one column for each output.`,
  weightsOf: 'Model',
  weightsSeed: 'Seed',
  allSeeds: 'all seeds',
  saveWeights: (format: string) => `Save ${format}`,
  opened: (of: string, step: number, seeds: string) =>
    `Weights from the file${of === '' ? '' : ` (${of}, step ${step})`} take the place of training under seed ${seeds}. Undo takes them out again.`,
  severalNetworks: 'This method answers with several networks: there are no weights of one.',
  waitForRun: 'Wait until the run on screen has numbers.',
  weightsFailed: (reason: string) => `The weights could not be had: ${reason}`,
  otherStep: (step: number) => `Saved as of step ${step}, the nearest that is kept.`,
  pytorch: 'PyTorch',
  pytorchLead:
    'One Python file that computes a run again and compares itself with the numbers here. Data, first weights and batches are in it; it needs PyTorch and nothing else.',
  pytorchOf: 'Run',
  copyPytorch: 'Copy as PyTorch',
  savePytorch: 'Save .py',
  pytorchWait: 'Wait until this run is done under this seed.',
  pytorchLarge:
    'That is a lot for a script. Fewer steps, smaller batches or full ones, and fewer points make it smaller.',
  pytorchTooLarge:
    'The batches of this run are too many for a script. Fewer steps, smaller batches or full ones make it possible.',
  pytorchCopyFailed: 'The browser did not allow copying: save the file.',
  pytorchFailed: (reason: string) => `The script could not be made: ${reason}`,
  refusals: {
    oneShot:
      'There is no script for this method: it changes the weights once, by a rule that is no loss. Save its weights instead.',
    alone: 'There is no script for this method yet: it works with more than the network itself.',
    method: 'There is no script for this method yet: it goes through phases that the script cannot write.',
    retain: 'There is no script for this retain term yet.',
    setting: 'There is no script for this setting of the method yet (SCRUB: rewinding).',
    requests: 'There is no script for several deletion requests in a row yet.',
  },
  ofRun: 'Weights, PyTorch …',
  ofRunTitle: (run: string) => `Take away: ${run}`,
  citations: 'Citations (BibTeX)',
  citationsLead:
    'The papers behind the methods, masks, retain terms and data of this experiment. Authors by family name, as the catalogue has them.',
  noCitations: 'Nothing in this experiment cites a paper.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying: select the text and copy it by hand.',
  saveBib: 'Save .bib',
};
