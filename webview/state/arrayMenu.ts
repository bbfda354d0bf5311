/** What an array can be copied and saved as: every element of it, fetched where the page holds only a summary. */
import { arrayCsv, arrayNumpy, arrayTex } from '../../src/export/array';
import { plainValue } from '../../src/export/trace';
import { fullText } from '../../src/export/value';
import type { TensorView } from '../../src/protocol';
import type { MenuItem } from '../parts/Menu';
import type { Session } from './session';
import type { Family } from './values';

const FORMATS: readonly { readonly name: string; readonly as: string; readonly text: (array: TensorView) => string }[] =
  [
    { name: 'JSON', as: 'JSON', text: (array) => fullText(plainValue(array)) },
    { name: 'NumPy', as: 'NumPy', text: arrayNumpy },
    { name: 'LaTeX', as: 'a LaTeX matrix', text: arrayTex },
    { name: 'CSV', as: 'CSV', text: arrayCsv },
  ];
/** A matrix of more elements nobody typesets. */
const MOST_TYPESET = 4_096;

/** @param title what it is called, for the sentence that says what was copied */
export function arrayItems(
  session: Session,
  title: string,
  tensor: TensorView,
  row: number,
  family: Family,
): readonly MenuItem[] {
  if (tensor.elements === undefined && session.alone) return [{ heading: 'Only a summary of this array is here' }];
  const whole = (text: (array: TensorView) => string): string | Promise<string> =>
    tensor.elements === undefined ? fetched(session, row, family).then(text) : text(tensor);
  const size = tensor.shape.reduce((a, b) => a * b, 1);
  const formats = FORMATS.filter(({ name }) => name !== 'LaTeX' || size <= MOST_TYPESET);
  return [
    ...formats.map(({ name, as, text }) => ({
      label: `Copy as ${as}`,
      run: () => session.copy(whole(text), `${title} as ${name}`),
    })),
    ...(session.alone
      ? []
      : [
          'line' as const,
          ...formats.flatMap(({ name, text }) =>
            name === 'CSV' || name === 'JSON'
              ? [{ label: `Save as ${name}…`, run: () => session.save(whole(text), name) }]
              : [],
          ),
        ]),
  ];
}

/** @throws with a sentence for the reader where the elements can not be had */
export async function fetched(session: Session, row: number, family: Family): Promise<TensorView> {
  const array = await session.array(row, family);
  if (!array?.elements)
    throw new Error('The elements of this array can not be had: it is too large, or no longer there');
  return array;
}
