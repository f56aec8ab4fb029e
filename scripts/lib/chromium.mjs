// The browser of the editor tests.
import { findProgram, installSystemPackages } from './system-packages.mjs';

const find = () => findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** Path of a Chromium, installed first when there is none. */
export async function installChromium() {
  if (!find()) await installSystemPackages(['chromium', 'fonts-dejavu-core'], 'to run the editor tests');
  return find();
}
