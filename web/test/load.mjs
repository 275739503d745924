// Bundles a module of src/ in memory and imports it, so that tests run the page's own code.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

export async function load(name) {
  const out = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${name}`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  return import(`data:text/javascript;base64,${Buffer.from(out.outputFiles[0].text).toString('base64')}`);
}
