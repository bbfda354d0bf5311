// Starts the worker of the tests from its TypeScript: a thread does not inherit the loader of its parent.
const { register } = require('tsx/cjs/api');

register();
require('./obedientWorker');
