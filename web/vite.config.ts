// One page, one script, one style sheet, one land file, under fixed names so that a server
// can list what it serves. Relative addresses: the page works under any prefix.
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  publicDir: 'public',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    cssTarget: 'chrome123', // keep light-dark() as written
    rollupOptions: {
      output: {
        inlineDynamicImports: true,
        entryFileNames: 'truce.js',
        assetFileNames: 'truce[extname]',
      },
    },
  },
});
