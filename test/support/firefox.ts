import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** FIREFOX_PATH, or a Firefox on the PATH; undefined if there is none. */
export const findFirefox = (): string | undefined =>
  process.env['FIREFOX_PATH'] ??
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((directory) => ['firefox-esr', 'firefox'].map((name) => join(directory, name)))
    .find(isExecutable);

export interface Firefox {
  readonly open: (url: string) => Promise<void>;
  /** Runs the body of a function in the page; it ends when it calls its last argument. */
  readonly run: (body: string, ...args: readonly unknown[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

type Reply = readonly [1, number, object | null, { readonly value?: unknown } | null];

/** Marionette: commands and replies as `length:JSON`, the first message being a greeting. */
const speak = (socket: Socket) => {
  const waiting = new Map<number, (reply: Reply) => void>();
  let received = Buffer.alloc(0);
  let last = 0;
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, Math.max(0, colon)));
      if (colon < 0 || received.length < end) return;
      const message = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      if (Array.isArray(message)) waiting.get(message[1])?.(message as unknown as Reply);
    }
  });
  return (name: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ([, , error, result]) => {
        waiting.delete(id);
        if (error) reject(new Error(`${name}: ${JSON.stringify(error)}`));
        else resolve(result?.value);
      });
      const text = JSON.stringify([0, id, name, params]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
};

/** Firefox writes the port that it listens on into its profile. */
const portOf = (profile: string): number | undefined => {
  const file = join(profile, 'MarionetteActivePort');
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return port > 0 ? port : undefined;
};

const listening = (process: ChildProcess, profile: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    process.once('error', reject);
    process.once('exit', (code) => reject(new Error(`Firefox ended with ${code} before it could be driven`)));
    const attempt = (): void => {
      const port = portOf(profile);
      if (port === undefined) {
        if (process.exitCode === null) setTimeout(attempt, 100);
        return;
      }
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.once('error', () => setTimeout(attempt, 100));
    };
    attempt();
  });

/** A Firefox without a window and with a profile of its own. */
export const launchFirefox = async (path: string): Promise<Firefox> => {
  const profile = mkdtempSync(join(tmpdir(), 'unlearn-lab-firefox-'));
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n');
  const child = spawn(path, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    env: { ...process.env, HOME: profile },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const end = async (): Promise<void> => {
    await ended;
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const send = speak(await listening(child, profile));
    await send('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
    await send('WebDriver:SetTimeouts', { script: 120_000, pageLoad: 60_000 });
    return {
      open: async (url) => void (await send('WebDriver:Navigate', { url })),
      run: (script, ...args) => send('WebDriver:ExecuteAsyncScript', { script, args }),
      close: async () => {
        await send('Marionette:Quit', { flags: ['eForceQuit'] });
        await end();
      },
    };
  } catch (thrown) {
    child.kill('SIGKILL');
    await end();
    throw thrown;
  }
};
