/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/desk/',
  // The mark is the server's own file: an address, not a module.
  plugins: [vue({ template: { transformAssetUrls: { includeAbsolute: false, tags: {} } } })],
  build: {
    outDir: 'dist',
    // G6 draws the graph and comes only with the trace page.
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/epcis': 'http://127.0.0.1:8080',
      '/assets': 'http://127.0.0.1:8080',
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'happy-dom',
  },
})
