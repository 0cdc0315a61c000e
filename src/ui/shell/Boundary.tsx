import { Component } from 'react';
import { text } from '../text.ts';
import { LoadError } from './lazily.ts';

interface Props {
  readonly children: React.ReactNode;
}
interface State {
  readonly error: Error | null;
}

/** Keeps a part of the page that breaks from taking the rest with it. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): React.ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (error instanceof LoadError) {
      return (
        <div className="notice notice--bad" role="alert" data-testid="not-loaded">
          <div className="notice__text">{text.notices.notLoaded}</div>
          <button type="button" className="button" onClick={() => location.reload()}>
            {text.notices.reload}
          </button>
        </div>
      );
    }
    return (
      <div className="notice notice--bad" role="alert">
        <div className="notice__text">
          {text.notices.crashed} {error.message}
        </div>
        <button type="button" className="button" onClick={() => this.setState({ error: null })}>
          {text.notices.retry}
        </button>
      </div>
    );
  }
}
