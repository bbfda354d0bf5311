import 'katex/dist/katex.min.css';
import './roles.css';
import './base.css';
import './header.css';
import './trace.css';
import './states.css';
