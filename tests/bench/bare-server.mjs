/** The least a Node process needs until it answers: the floor of `cold-start`. */
import { createServer } from 'node:http';

const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
createServer((_, response) => response.end('ok')).listen(port, '127.0.0.1');
