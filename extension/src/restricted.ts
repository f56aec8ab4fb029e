/** What every surface says in a workspace that is not trusted. */
export const restrictedText = 'Restricted mode: models are not loaded.';
export const restrictedAdvice = 'Trust this workspace to see predictions.';
