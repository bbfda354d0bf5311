/** The stepper: two timelines, one mark a moment, and one sentence that says what happens. */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { StepView } from '../../src/protocol';
import { formatNumber } from '../../src/format/number';
import { spokenStep } from '../math/stepName';
import { Tex } from '../math/Tex';
import { texNumber } from '../math/substitute';
import { PlayerContext, SessionContext } from '../state/context';
import { SPEEDS } from '../state/player';
import type { Open, Session } from '../state/session';
import type { Course, Moment } from '../state/stepper';
import { asNumber } from '../state/values';
import { IconButton } from './Icon';

export function StepperBar({ open }: { open: Open }) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const course = player.course.value;
  const at = player.at.value;
  if (!course || at === undefined) return <div class="stepper small soft">Fetching the steps…</div>;
  const moment = course.moments[at] as Moment;
  const total = course.moments.length;
  const forward = moment.kind === 'forward';
  const reverse = total - course.forward;
  const sentence = tell(session, open, course, moment);
  return (
    <div class="stepper" role="group" aria-label="Stepper">
      <span class="buttons">
        <IconButton icon="first" label="To the first step" onClick={() => player.go(0)} />
        <IconButton icon="back" label="One step back ( , )" onClick={() => player.step(-1)} />
        <IconButton
          icon={player.playing.value ? 'pause' : 'play'}
          label={player.playing.value ? 'Pause' : 'Play'}
          onClick={() => (player.playing.peek() ? player.pause() : player.play())}
        />
        <IconButton icon="forward" label="One step on ( . )" onClick={() => player.step(1)} />
        <IconButton icon="last" label="To the end" onClick={() => player.go(total - 1)} />
      </span>
      <Timeline
        class="primal"
        label={`forward ↓ ${forward ? `${moment.position + 1} of ` : ''}${course.forward} steps`}
        count={course.forward}
        at={Math.min(at, course.forward - 1)}
        onGo={(to) => player.go(to)}
      />
      <Timeline
        class="adjoint"
        label={
          forward
            ? 'reverse ↑'
            : `reverse ↑ ${at - course.forward === 0 ? 'seed' : `contribution ${at - course.forward} of ${reverse - 1}`}`
        }
        count={reverse}
        at={at - course.forward}
        onGo={(to) => player.go(course.forward + to)}
      />
      <label class="speed small soft">
        speed{' '}
        <select
          value={String(player.speed.value)}
          onChange={(event) => (player.speed.value = Number(event.currentTarget.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
      <p class={`sentence ${forward ? '' : 'adjoint'}`}>
        <Tex tex={sentence.tex} />
      </p>
      <Announcer text={sentence.spoken} />
    </div>
  );
}

interface Sentence {
  readonly tex: string;
  readonly spoken: string;
}

function tell(session: Session, open: Open, course: Course, moment: Moment): Sentence {
  const step = course.steps[moment.position] as StepView;
  const n = step.index;
  if (moment.kind === 'forward') {
    const x = asNumber(session.value(step, 'primal'));
    const value = x === undefined ? '' : ` = ${texNumber(x)}`;
    return {
      tex: `v_{${n}} = ${step.primal.right}${value}`,
      spoken: `${spokenStep(n)}${x === undefined ? '' : ` is ${formatNumber(x)}`}`,
    };
  }
  if (moment.kind === 'seed')
    return {
      tex: `\\bar{v}_{${n}} = \\bar{${open.trace.output.tex}} = 1`,
      spoken: `seed: ${spokenStep(n, 'bar')} is 1`,
    };
  const part = step.contributions[moment.index];
  const x = asNumber(session.contribution(step, moment.index));
  const user = course.steps[moment.from] as StepView;
  const many = step.contributions.length > 1;
  return {
    tex: `\\bar{v}_{${n}} \\mathrel{${many ? '{+}{=}' : '='}} ${part?.tex ?? ''}${x === undefined ? '' : ` = ${texNumber(x)}`}`,
    spoken: `${spokenStep(user.index)} sends ${x === undefined ? 'an array' : formatNumber(x)} to ${spokenStep(n)}`,
  };
}

function Timeline({
  class: name,
  label,
  count,
  at,
  onGo,
}: {
  class: string;
  label: string;
  count: number;
  at: number;
  onGo: (to: number) => void;
}) {
  const WIDTH = 120;
  const toX = (i: number) => (count <= 1 ? 4 : 4 + (i / (count - 1)) * (WIDTH - 8));
  const marks = count <= 40 ? Array.from({ length: count }, (_, i) => i) : [];
  return (
    <span class={`timeline ${name}`}>
      <svg
        width={WIDTH}
        height={16}
        aria-hidden="true"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onGo(Math.round(((event.clientX - box.left - 4) / (WIDTH - 8)) * (count - 1)));
        }}
      >
        <path class="to-come" d={`M${toX(Math.max(at, 0))} 8H${toX(count - 1)}`} />
        {at >= 0 && <path class="done" d={`M${toX(0)} 8H${toX(at)}`} />}
        {marks.map((i) => (
          <path key={i} class={i <= at ? 'done' : 'to-come'} d={`M${toX(i)} 5v6`} />
        ))}
        {at >= 0 && <circle cx={toX(at)} cy={8} r={4} />}
      </svg>
      <span class="small">{label}</span>
    </span>
  );
}

/** Speaks at most one sentence a second. */
function Announcer({ text }: { text: string }) {
  const [said, setSaid] = useState(text);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + 1000 - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="hidden" aria-live="polite">
      {said}
    </p>
  );
}
