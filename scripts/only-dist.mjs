// Keeps the server of npm start to the files of the build.
import { existsSync, realpathSync } from 'node:fs';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';

const isBelow = (folder, file) => {
  const way = relative(folder, file);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** Whether a path of an address is answered: a file that lies in the folder itself, or an address of the page. */
const isServed = (folder, path) => {
  const asked = join(folder, path);
  // The server also looks for these two.
  const found = [asked, `${asked}.html`, join(asked, 'index.html')].filter((file) => existsSync(file));
  if (found.length > 0) return found.every((file) => isBelow(folder, realpathSync(file)));
  // A link whose '#' came as '%23' is the page's, whatever it holds.
  return path.startsWith('/#') || (!path.startsWith('/assets/') && extname(path) === '');
};

const isAnswered = (folder, url) => {
  try {
    return isServed(realpathSync(folder), decodeURIComponent(url.replace(/[?#].*$/s, '')));
  } catch {
    return false; // Not a path: half an escape, or a byte that no file system takes.
  }
};

/** For Vite's preview server: no link leads out of the build, and a file that is missing is missing and not the page. */
export const onlyDist = () => ({
  name: 'unlearn-lab:only-dist',
  configurePreviewServer({ config, middlewares }) {
    const folder = resolve(config.root, config.build.outDir);
    middlewares.use((request, response, next) => {
      if (isAnswered(folder, request.url ?? '/')) return next();
      response.statusCode = 404;
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end('Not found\n');
    });
  },
});
