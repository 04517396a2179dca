import { createServer } from 'node:http';
import { roll } from './roll.js';

/** Answers GET /2d6 with the result of two dice of six sides. */
const server = createServer((request, response) => {
  const result = roll(request.url.slice(1));
  if (result === undefined) response.writeHead(404).end('dice are written like 2d6\n');
  else response.end(`${result}\n`);
});
server.listen(Number(process.env.PORT ?? 8080), () => console.log('dice listens on', server.address().port));

// Process 1 of a container gets no default handling of signals.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => process.exit(0)));
}
