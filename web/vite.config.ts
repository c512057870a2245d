import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const server = process.env.TANDEM_URL ?? "http://127.0.0.1:8080";
const proxy = { "/api": { target: server }, "/media": { target: server } };

export default defineConfig({
  plugins: [svelte()],
  // The content security policy allows no inline script and no data: font, so nothing is inlined and nothing is polyfilled in place.
  build: {
    outDir: "dist",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: { proxy },
  preview: { proxy },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test-setup.ts"],
  },
});
