/** The few icons of the page, drawn in one stroke width. */
const PATHS = {
  play: 'M5 3.5 12 8l-7 4.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  first: 'M4 3.5v9M12 3.5 6.5 8l5.5 4.5',
  last: 'M12 3.5v9M4 3.5 9.5 8 4 12.5',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  forward: 'M6 3.5 10.5 8 6 12.5',
  copy: 'M5.5 5.5h7v8h-7zM5.5 10.5h-2v-8h7v3',
  close: 'M4 4l8 8M12 4l-8 8',
  pin: 'M6 2.5h4M7 2.5v4L5 9h6L9 6.5v-4M8 9v4.5',
  unfold: 'M6 4.5 9.5 8 6 11.5',
  fold: 'M4.5 6 8 9.5 11.5 6',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
  reset: 'M4 3.5v3.2h3.2M4.2 6.6A4.6 4.6 0 1 1 3.6 9',
  write: 'M3 13l.6-2.6 7-7 2 2-7 7zM9.4 4.6l2 2',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  disabled,
}: {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={disabled}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      <Icon name={icon} />
    </button>
  );
}
