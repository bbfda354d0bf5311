/** The viewer inside an editor's webview. */
import { render } from 'preact';
import { App } from './App';
import { vscodeHost } from './host';
import { Session } from './state/session';
import './styles/index';

render(<App session={new Session(vscodeHost())} />, document.body);
