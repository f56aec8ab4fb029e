/** Commands that a link in our hovers may run; VS Code refuses every other one there. */
export const hoverCommands = [
  'explainLsp.explainRow',
  'explainLsp.whatIf',
  'explainLsp.explainImage',
  'explainLsp.explainImages',
  'explainLsp.explainWithMethod',
  'explainLsp.copyRow',
  'explainLsp.globalImportance',
  'explainLsp.chooseModel',
  'explainLsp.showModelSummary',
  'explainLsp.showLog',
];
