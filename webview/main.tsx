/** The viewer inside an editor's webview. */
import { render } from 'preact';
import { App } from './App';
import { vscodeHost } from './host';
import { Session } from './state/session';
import { followTheme } from './theme';
import './styles/index';

followTheme();
render(<App session={new Session(vscodeHost())} />, document.body);
