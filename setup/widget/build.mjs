// node build.mjs SOURCES TARGET BANNER: one file, no dependency, small enough to be no weight on a creditor's page.

import { readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const [, , sources, target, banner] = process.argv;

const smallSheet = {
  name: "small sheet",
  setup: (made) =>
    made.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "safari14.1" });
      return { contents: code.trim(), loader: "text" };
    }),
};

await build({
  entryPoints: [`${sources}/chat.js`],
  outfile: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  banner: { js: banner },
  plugins: [smallSheet],
  logLevel: "warning",
});
