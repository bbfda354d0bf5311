/** Evaluates the text given as argument and prints what it prints; run with a large stack, as the evaluation host is. */
import { evaluate } from './evaluate';

process.stdout.write(evaluate(process.argv[2] as string).output);
