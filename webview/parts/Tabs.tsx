/** Tabs of the views that apply, and the button that plays the sweeps. */
import { useContext, useRef } from 'preact/hooks';
import { PlayerContext, SessionContext } from '../state/context';
import type { ViewSpec } from '../views/index';
import { CopyMenu } from './CopyMenu';
import { Find } from './Find';
import { Icon } from './Icon';

interface Props {
  readonly views: readonly ViewSpec[];
  readonly current: string;
  readonly onChoose: (id: string) => void;
}

export function Tabs({ views, current, onChoose }: Props) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = views.findIndex((view) => view.id === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    const next = to === undefined ? undefined : views[(to + views.length) % views.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  const stepping = player.at.value !== undefined;
  return (
    <div class="tab-bar">
      <div class="tabs" role="tablist" aria-label="Views" ref={list} onKeyDown={move}>
        {views.map((view) => (
          <button
            key={view.id}
            type="button"
            role="tab"
            id={`tab-${view.id}`}
            aria-selected={view.id === current}
            aria-controls="view"
            tabIndex={view.id === current ? 0 : -1}
            onClick={() => onChoose(view.id)}
          >
            {view.title}
            {view.fails?.(session) && (
              <span class="fail" title="Something here fails">
                {' '}
                ✕
              </span>
            )}
          </button>
        ))}
      </div>
      {current === 'trace' && session.open.value && <Find open={session.open.value} />}
      <CopyMenu />
      {player.possible.value && (
        <button
          type="button"
          class="play"
          aria-pressed={stepping}
          title={stepping ? 'End stepping (Escape)' : 'Play both sweeps step by step ( , and . step)'}
          onClick={() => (stepping ? player.stop() : player.play())}
        >
          <Icon name={stepping ? 'close' : 'play'} />
          <span>{stepping ? 'End' : 'Play'}</span>
        </button>
      )}
    </div>
  );
}
