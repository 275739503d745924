import { render } from 'preact';
import { App } from './app';
import { applyPrefs, readPrefs } from './prefs';

applyPrefs(readPrefs());
render(<App />, document.getElementById('app')!);
