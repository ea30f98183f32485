import { defineConfig } from "vite";

// One script and one style sheet with fixed names, next to the templates that name them.
export default defineConfig({
  build: {
    outDir: "../src/khabar/serve/static",
    emptyOutDir: true,
    cssCodeSplit: false,
    rollupOptions: {
      input: "src/main.ts",
      output: { entryFileNames: "khabar.js", assetFileNames: "khabar[extname]" },
    },
  },
});
