/** “Copy as …” for the whole trace. */
import { useContext } from 'preact/hooks';
import { SessionContext } from '../state/context';
import { COPY_FORMATS, copyAs, type CopyFormat } from '../state/copy';
import { wholeTrace } from '../state/wholeTrace';

export function CopyMenu() {
  const session = useContext(SessionContext);
  const open = session.open.value;
  if (!open) return null;
  const steps = wholeTrace(open);
  if (!steps) return null;
  return (
    <span class="copy-menu">
      <span aria-hidden="true">Copy as…</span>
      <select
        aria-label="Copy the trace as"
        value=""
        onKeyDown={(event) => event.stopPropagation()}
        onChange={(event) => {
          const format = event.currentTarget.value as CopyFormat;
          const text = copyAs(format, {
            trace: open.trace,
            steps,
            value: (step, family) => session.value(step, family),
            tangent: session.tangent.peek(),
          });
          session.send({ type: 'copy', text });
          event.currentTarget.value = '';
        }}
      >
        <option value="" disabled hidden />
        {COPY_FORMATS.map((format) => (
          <option key={format}>{format}</option>
        ))}
      </select>
    </span>
  );
}
