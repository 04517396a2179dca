import { createServer } from 'node:http';
import { handle } from './handle.js';

const server = createServer(handle);
server.listen(Number(process.env.PORT ?? 8080), () => console.log('welcome listens on', server.address().port));

// Process 1 of a container gets no default handling of signals.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close(() => process.exit(0)));
}
