type TransferProgressProps = {
  readonly label: string;
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
  readonly children: React.ReactNode;
};

export function TransferProgress({ label, done, total, children }: TransferProgressProps) {
  return (
    <div className="transfer-progress">
      <progress aria-label={label} {...(total === null ? {} : { max: Math.max(1, total), value: done })} />
      <span className="muted num" role="status">
        {children}
      </span>
    </div>
  );
}
