// The sample workspace explained in the terminal: text here, figures and a page of them in out/.
import fs from 'node:fs';
import path from 'node:path';
import { OUT, ROOT, SAMPLES, SERVER } from './paths.mjs';
import { run } from './processes.mjs';

/** The figure's name, then the arguments of the command, as a person would type them in `samples`. */
const EXPLANATIONS = [
  ['adult-row', 'explain adult/adult-gbm.onnx adult/test.csv --rows 0 --method exact-shap'],
  [
    'breast-cancer-row',
    'explain breast-cancer/breast-cancer-gbm.onnx breast-cancer/test.csv --rows 13 --method kernel-shap',
  ],
  ['wine-row', 'explain wine/wine-logreg.onnx wine/test.csv --rows 0 --method lime'],
  ['diabetes-row', 'explain diabetes/diabetes-mlp.onnx diabetes/test.csv --rows 0 --method exact-shap'],
  ['fashion-image', 'explain fashion/fashion-cnn.onnx fashion/images/shirt-00004.png'],
  ['adult-importance', 'global adult/adult-gbm.onnx adult/test.csv --method permutation-importance'],
  ['breast-cancer-shap', 'global breast-cancer/breast-cancer-gbm.onnx breast-cancer/test.csv --method mean-abs-shap'],
  ['adult-age', 'global adult/adult-gbm.onnx adult/test.csv --method partial-dependence --option feature=age'],
];

export async function explainSamples() {
  const sections = [];
  for (const [name, line] of EXPLANATIONS) {
    console.log(`\n$ explainlsp ${line}`);
    const args = [...line.split(' '), '--quiet'];
    const { stdout } = await run(SERVER, args, { cwd: SAMPLES });
    process.stdout.write(stdout);
    await run(SERVER, [...args, '--format', 'png', '--out', path.join(OUT, `${name}.png`)], { cwd: SAMPLES });
    sections.push({ name, line, text: stdout });
  }
  const page = path.join(OUT, 'index.html');
  fs.writeFileSync(page, html(sections));
  console.log(`\nFigures: ${path.relative(ROOT, page)}`);
}

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const html = (sections) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Sample explanations</title>
    <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #3b3b3b; background: #fff; }
      img { max-width: 100%; }
      pre { overflow-x: auto; font-size: 13px; }
    </style>
  </head>
  <body>
    <h1>Sample explanations</h1>
${sections.map(section).join('\n')}
  </body>
</html>
`;

const section = ({ name, line, text }) => `    <h2><code>${escape(line)}</code></h2>
    <p><img src="${name}.png" alt="${escape(line)}" /></p>
    <details><summary>Numbers</summary><pre>${escape(text)}</pre></details>`;
