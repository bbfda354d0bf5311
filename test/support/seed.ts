/**
 * One seed for all property tests, so that a red run can be repeated and a green one does not depend on luck.
 * `FUZZ=1 npm run test:unit` draws a new seed, `FUZZ=1234` takes this one.
 */
import fc from 'fast-check';

const given = process.env['FUZZ'];
const seed = given === undefined || given === '' ? 1964 : given === '1' ? Date.now() % 2 ** 31 : Number(given);
if (given) console.log(`property tests use the seed ${seed}`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
