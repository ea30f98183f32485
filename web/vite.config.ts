import { defineConfig } from "vite";

// The script and the style sheet have fixed names, next to the templates that name them; islands are chunks beside
// them, named after their modules, and fetched by the script when a page has a place for them.
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../src/khabar/serve/static",
    emptyOutDir: true,
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      input: "src/main.ts",
      output: {
        entryFileNames: "khabar.js",
        chunkFileNames: "[name].js",
        assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "khabar.css" : "[name][extname]"),
      },
    },
  },
});
