/** Which part of the three direction rails a row draws, as classes of the row. */
import type { Course } from '../../state/stepper';

export function rails(position: number, steps: number, course: Course | undefined, at: number | undefined): string[] {
  const classes = [position === 0 && 'first', position === steps - 1 && 'last'];
  if (!course || at === undefined) {
    classes.push('down-done', position === steps - 1 && 'down-head', 'up-done', position === 0 && 'up-head');
  } else {
    const down = Math.min(at, steps - 1);
    classes.push(position <= down ? 'down-done' : 'down-to-come', position === down && 'down-head');
    const front = course.reverseFront(at);
    classes.push(front !== undefined && position >= front ? 'up-done' : 'up-to-come', position === front && 'up-head');
  }
  return classes.filter((name): name is string => Boolean(name));
}
