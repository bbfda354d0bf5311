// ESLint rule: imports follow the arrows in architecture.mjs.
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { objection } from './architecture.mjs';

/** @type {import('eslint').Rule.RuleModule} */
export const arrows = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports follow the arrows of the design.' },
    schema: [],
    messages: { wrong: '{{reason}}' },
  },
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');

    /** @param {import('estree').Node | null | undefined} source the string in an import or export */
    function check(source) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const reason = objectionTo(file, source.value);
      if (reason) context.report({ node: source, messageId: 'wrong', data: { reason } });
    }

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      // import('…') as a type, and require('…')
      TSImportType: (/** @type {any} */ node) => check(node.source ?? node.argument?.literal),
      TSExternalModuleReference: (/** @type {any} */ node) => check(node.expression),
      "CallExpression[callee.name='require']": (/** @type {any} */ node) => check(node.arguments[0]),
    };
  },
};

function objectionTo(/** @type {string} */ file, /** @type {string} */ specifier) {
  if (specifier.startsWith('.'))
    return objection(file, path.posix.join(path.posix.dirname(file), specifier), 'project');
  return objection(file, specifier, isBuiltin(specifier) ? 'node' : 'package');
}
