import { existsSync, readFileSync } from 'node:fs';

/** Prints what is appended to a file while another process writes it. */
export function follow(file: string): { stop(): void } {
  let shown = 0;
  const look = () => {
    if (!existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    process.stdout.write(text.slice(shown));
    shown = text.length;
  };
  const timer = setInterval(look, 200);
  return {
    stop() {
      clearInterval(timer);
      look();
    },
  };
}
