/** The process of the language server that an editor starts. */
import { serveOnNode } from './node/serve';

serveOnNode();
