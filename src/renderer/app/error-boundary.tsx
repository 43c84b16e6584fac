import { Component, type ReactNode } from 'react';

type ErrorBoundaryProps = { readonly children: ReactNode; readonly resetKey: string };
type ErrorBoundaryState = { readonly failed: string | null; readonly key: string };

/** A screen that fails says so and leaves the rest of the window standing. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failed: null, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { failed: error instanceof Error ? error.message : 'unknown' };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.key ? null : { failed: null, key: props.resetKey };
  }

  override render(): ReactNode {
    if (this.state.failed === null) return this.props.children;
    return (
      <div className="empty" role="alert">
        <h1>This screen failed to draw</h1>
        <p>{this.state.failed}</p>
        <button type="button" className="btn" onClick={() => this.setState({ failed: null })}>
          Draw it again
        </button>
      </div>
    );
  }
}
