// npm run pictures: the pictures of the walkthrough and of the README, taken in the embedded VS Code. Run it after a change
// that they show; it needs the bundles (`npm run build`). `-- trace hover` takes some of them only.
import { mkdirSync, writeFileSync } from 'node:fs';
import { closeBrowser } from '../test/browser/support/browser';
import { launchVsCode, type VsCode } from '../test/browser/support/vscode';
import { inRoot } from './lib/root.mjs';

/** Nothing around the editors. */
const SETTINGS = {
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'breadcrumbs.enabled': false,
  'editor.renderLineHighlight': 'none',
  'editor.occurrencesHighlight': 'off',
  'editor.selectionHighlight': false,
  'editor.stickyScroll.enabled': false,
  'editor.overviewRulerBorder': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.wordWrap': 'on',
  'editor.folding': false,
  'editor.lightbulb.enabled': 'off',
};

interface Box {
  readonly width: number;
  readonly height: number;
}

/** Height of the title bar, which is left out. */
const TITLE = 36;
/** Pixels of a picture for one of the page: sharp on most screens. */
const SCALE = 2;
/** The sweeps and the checks of a file that was just opened. */
const PATIENCE = 800;

interface Picture {
  /** From `media/`, without the theme and the ending. */
  readonly file: string;
  readonly box: Box;
  /** What is cut off at the left, in pixels. */
  readonly left?: number;
  readonly folder?: string;
  readonly themes?: readonly Theme[];
  prepare(code: VsCode): Promise<unknown>;
}

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const BESIDE: Box = { width: 1480, height: 660 };

async function trace(code: VsCode, view: string): Promise<void> {
  await code.openFile('two_variables.py');
  await code.clickWord('product = x1 * x2', 'x1');
  await code.palette('Wengert: Open Trace');
  const viewer = await code.webview('Trace: surface');
  await viewer.getByRole('tab', { name: view }).click();
  await viewer.locator('table.trace tr.step, .graph').first().waitFor();
  await code.page.mouse.move(500, BESIDE.height - 20);
}

const PICTURES: readonly Picture[] = [
  {
    file: 'walkthrough/example',
    box: { width: 620, height: 300 },
    prepare: (code) => code.openFile('two-variables.md'),
  },
  {
    file: 'walkthrough/hover',
    box: { width: 620, height: 400 },
    async prepare(code) {
      await code.openFile('two_variables.py');
      await code.hover('product = x1 * x2', 'x1', /∂/);
    },
  },
  {
    file: 'walkthrough/trace',
    box: { width: 1120, height: 600 },
    left: 560,
    prepare: (code) => trace(code, 'Trace'),
  },
  {
    file: 'walkthrough/check',
    box: { width: 800, height: 540 },
    async prepare(code) {
      await code.openFile('wrong_gradient.py');
      await code.hover('(1 - scores**2)', 'scores', /should be/);
    },
  },
  {
    file: 'walkthrough/proofread',
    box: { width: 620, height: 420 },
    folder: 'test/browser/workspaces/proofreading',
    async prepare(code) {
      await code.openFile('derivation.md');
      await code.hover('\\frac{\\partial L}{\\partial a} = -', 'frac{y}', /should be/);
    },
  },
  { file: 'screenshots/trace', box: BESIDE, themes: ['light'], prepare: (code) => trace(code, 'Trace') },
  { file: 'screenshots/graph', box: BESIDE, themes: ['light'], prepare: (code) => trace(code, 'Graph') },
];

async function take(code: VsCode, { file, box, left = 0, prepare }: Picture, theme: string): Promise<void> {
  await code.page.setViewportSize(box);
  await code.palette('View: Close All Editors');
  await prepare(code);
  await code.page.waitForTimeout(PATIENCE);
  const session = await code.page.context().newCDPSession(code.page);
  const clip = { x: left, y: TITLE, width: box.width - left, height: box.height - TITLE, scale: SCALE };
  const { data } = await session.send('Page.captureScreenshot', { clip });
  await session.detach();
  writeFileSync(inRoot('media', `${file}${theme}.png`), Buffer.from(data, 'base64'));
}

async function takeAll(wanted: readonly Picture[]): Promise<void> {
  mkdirSync(inRoot('media', 'walkthrough'), { recursive: true });
  const folders = [...new Set(wanted.map(({ folder }) => folder))];
  for (const folder of folders) {
    const code = await launchVsCode({ settings: SETTINGS, ...(folder ? { folder } : {}) });
    try {
      await code.palette('View: Toggle Primary Side Bar Visibility');
      for (const theme of THEMES) {
        await code.setTheme(theme);
        for (const picture of wanted.filter((each) => each.folder === folder)) {
          const { themes = THEMES } = picture;
          if (themes.includes(theme)) await take(code, picture, themes.length > 1 ? `-${theme}` : '');
        }
      }
    } finally {
      await code.close();
    }
  }
  await closeBrowser();
}

const names = process.argv.slice(2);
takeAll(PICTURES.filter(({ file }) => names.length === 0 || names.some((name) => file.includes(name)))).catch(
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
