// What the other scripts need before they can begin: a Node new enough, the packages, a build, a browser.
// Nothing from node_modules is imported here before it is known to be there.
import { spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';
const modules = join(root, 'node_modules');

/** A fault that the reader can do something about: printed without a stack. */
export class Fault extends Error {}

/** Runs a script's main function; a fault ends it with its message, anything else with its stack. */
export const main = async (body) => {
  try {
    const code = await body();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(error instanceof Fault ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
};

/**
 * Runs a program with this terminal as its own; gives its exit code, 1 if it was killed.
 * With `watch`, its stderr also goes there.
 */
export const run = (command, args, { env = {}, shell = false, timeout = 0, watch } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell,
      timeout,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'inherit', watch ? 'pipe' : 'inherit'],
    });
    if (watch) {
      child.stderr.on('data', (chunk) => {
        process.stderr.write(chunk);
        watch(String(chunk));
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve(code === null ? 1 : code));
  });

/** Runs a program that npm installed. */
export const runTool = (name, args, options = {}) =>
  isWindows
    ? run(`"${join(modules, '.bin', `${name}.cmd`)}"`, args, { ...options, shell: true })
    : run(join(modules, '.bin', name), args, options);

const npm = (args, options = {}) => {
  const self = process.env.npm_execpath;
  return self?.endsWith('npm-cli.js')
    ? run(process.execPath, [self, ...args], options)
    : run('npm', args, { ...options, shell: isWindows });
};

const parts = (version) => version.replace(/^v/, '').split('.').map(Number);
const isAtLeast = (version, wanted) => {
  for (let i = 0; i < 3; i++) if (version[i] !== wanted[i]) return version[i] > wanted[i];
  return true;
};

/** Node must be one that the build tool runs on: ^20.19 or 22.12 and above. */
export const ensureNode = (version = process.version) => {
  const found = parts(version);
  const isFit = found[0] === 20 ? isAtLeast(found, [20, 19, 0]) : isAtLeast(found, [22, 12, 0]);
  if (!isFit) {
    throw new Fault(
      `Unlearn Lab needs Node 20.19 or later (or 22.12 or later); this is Node ${version.replace(/^v/, '')}.\n` +
        'Install a current Node (nodejs.org, or your version manager) and run the command again.',
    );
  }
};

/** The packages of a lockfile by path, or undefined if there is no such file or it is broken. */
const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** Whether every package of the lockfile is installed in its version; npm keeps the list of what it installed. */
const isInstalled = () => {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const found = packagesOf(join(modules, '.package-lock.json'));
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || (found[path] ? found[path].version === entry.version : entry.optional === true),
  );
};

const NETWORK = /ECONN|ETIMEDOUT|ESOCKET|EAI_AGAIN|ENOTFOUND|ERR_SOCKET|EINTEGRITY|network|\b50[234]\b/i;
const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Runs npm, up to three times while the network fails. */
const npmWithRetries = async (args) => {
  for (let attempt = 1; ; attempt++) {
    let errors = '';
    const code = await npm(args, {
      watch: (text) => {
        errors += text;
      },
    });
    if (code === 0 || attempt === 3 || !NETWORK.test(errors)) return code;
    console.error(`The network failed; trying again in ${attempt * 5} s.`);
    await wait(attempt * 5);
  }
};

/** Installs the packages unless they are there as the lockfile says. */
export const ensureInstalled = async () => {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci), about half a minute.');
  const code = await npmWithRetries(['ci', '--include=dev', '--ignore-scripts', '--no-fund', '--no-audit']);
  if (code !== 0) throw new Fault('npm ci failed: its message is above. Mend that and run the command again.');
};

/** The newest change below a file or folder (folders count: a deletion is a change), in ms. */
const newest = (path) => {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

/** Whether `output` was written after every one of `sources` was last changed. Paths from the root. */
export const isFresh = (output, sources) => {
  const file = join(root, output);
  return existsSync(file) && statSync(file).mtimeMs > Math.max(...sources.map((path) => newest(join(root, path))));
};

/** The address that links of the built page begin with, as it was at the build. */
const addressFile = join(modules, '.tmp', 'public-base');
const addressNow = () => process.env.PUBLIC_BASE ?? '';
const addressBuilt = () => (existsSync(addressFile) ? readFileSync(addressFile, 'utf8') : '');

/** Builds the page; gives the exit code. NODE_ENV is set so that a development shell cannot leak into the bundle. */
export const build = async () => {
  const code = await runTool('vite', ['build', '--logLevel', 'warn'], { env: { NODE_ENV: 'production' } });
  mkdirSync(join(modules, '.tmp'), { recursive: true });
  if (code === 0) writeFileSync(addressFile, addressNow());
  return code;
};

/** Builds the core as a package for other programs; gives the exit code. */
export const buildLibrary = () =>
  runTool('vite', ['build', '--config', 'vite.library.config.ts', '--logLevel', 'error'], {
    env: { NODE_ENV: 'production' },
  });

/** Builds it unless it is newer than all it is made of. */
export const ensureLibrary = async () => {
  const sources = ['src', 'seeds', 'scripts/library', 'vite.library.config.ts', 'package-lock.json'];
  if (isFresh('dist-library/unlearn-lab.js', sources)) return;
  console.log('Building the package.');
  if ((await buildLibrary()) !== 0) throw new Fault('The package could not be built: its message is above.');
};

/** Builds the page unless dist is newer than all it is made of. */
export const ensureBuilt = async () => {
  const sources = [
    'src',
    'seeds',
    'public',
    'index.html',
    'scripts/vite',
    'scripts/policy.mjs',
    'vite.config.ts',
    'package-lock.json',
  ];
  if (isFresh('dist/index.html', sources) && addressBuilt() === addressNow()) return;
  console.log('Building the page.');
  if ((await build()) !== 0) throw new Fault('The build failed: its message is above.');
};

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

// The same names in the same order as in test/support/browser-launch.ts; test/architecture compares them.
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const onPath = (names) =>
  (process.env.PATH || '')
    .split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find(isExecutable);

/** CHROME_PATH, what Playwright installed, or a browser on the PATH; undefined if there is none. */
export const findBrowser = async () => {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const { chromium } = await import('playwright-core');
  const own = chromium.executablePath();
  return existsSync(own) ? own : onPath(BROWSERS);
};

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Chromium from Debian's packages, which takes root. */
const installWithApt = async () => {
  if (!isDebian() || !process.getuid || process.getuid() !== 0 || !onPath(['apt-get'])) return;
  console.log('Installing Chromium (apt-get install chromium).');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  if ((await run('apt-get', ['update', '-qq'], { env })) === 0) await run('apt-get', install, { env });
};

/** Chromium from an npm package (64 MB, Linux x64), kept out of the project's own packages. */
const installFromNpm = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  console.log('Installing Chromium (npm package @sparticuz/chromium).');
  const home = join(modules, '.cache', 'chromium');
  mkdirSync(home, { recursive: true });
  const args = [
    'install',
    '--ignore-scripts',
    '--prefix',
    home,
    '--no-save',
    '--no-package-lock',
    '@sparticuz/chromium@143.0.4',
  ];
  if ((await npmWithRetries(args)) !== 0) return undefined;
  const found = createRequire(join(home, 'package.json'))('@sparticuz/chromium');
  const chromium = found.default || found;
  const file = await chromium.executablePath();
  return (await run(file, ['--version'])) === 0 ? file : undefined;
};

/**
 * Finds a browser for the tests or installs one, and tells it to the test runner through CHROME_PATH.
 * On macOS and Windows nothing is installed: there the test runner asks the system for Chrome itself.
 */
export const ensureBrowser = async () => {
  if ((await findBrowser()) || process.platform !== 'linux') return;
  await installWithApt();
  if (await findBrowser()) return;
  const file = await installFromNpm();
  if (!file) {
    throw new Fault(
      'The browser tests need Chromium or Chrome, and none was found or could be installed.\n' +
        'Install one (on Debian: apt-get install chromium) or set CHROME_PATH to its program, and run npm test again.\n' +
        'The tests without a browser: npm test -- lint types unit',
    );
  }
  process.env.CHROME_PATH = file;
};
