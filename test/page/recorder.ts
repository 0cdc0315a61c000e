import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A proxy that writes down every request that leaves the browser: those of pages, of their workers and of the service
 * worker, whatever the browser's own tools would show of them.
 */
export const startRecorder = async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const forwarded = send(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.writeHead(502).end());
    request.pipe(forwarded);
  });
  server.on('connect', ({ url = '' }, socket) => {
    requests.push(`https://${url}`);
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    requests,
    proxy: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bypass: '<-loopback>' },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
