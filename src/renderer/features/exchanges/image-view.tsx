import { useQuery } from '@tanstack/react-query';
import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Empty } from '../../ui/empty.tsx';
import { PanelState } from '../webhooks/panel-state.tsx';
import { bodyBlob } from './body-file.ts';
import type { BodyRef } from './read-body.ts';

type ImageViewProps = {
  readonly body: BodyRef;
  readonly codings: readonly string[];
  readonly contentType: string;
  readonly label: string;
};

type PictureProps = Pick<ImageViewProps, 'contentType' | 'label'> & { readonly blob: Blob };

function Picture({ blob, contentType, label }: PictureProps) {
  const [url] = useState(() => URL.createObjectURL(blob));
  const [size, setSize] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  if (broken)
    return (
      <Empty icon={ImageOff} title="This image cannot be drawn">
        Its bytes are not what {contentType} promises, or end early. Hex shows them as they were sent.
      </Empty>
    );
  return (
    <div className="image-view">
      <div className="image-place">
        <img
          src={url}
          alt={label}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize(`${naturalWidth} × ${naturalHeight} px`)
          }
          onError={() => setBroken(true)}
        />
      </div>
      <div className="more">
        <span>{contentType}</span>
        {size !== null && <span className="num">{size}</span>}
      </div>
    </div>
  );
}

/** An image as an image. Scripts in an SVG do not run in it. */
export function ImageView({ body, codings, contentType, label }: ImageViewProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['image', body.id, body.part],
    queryFn: ({ signal }) => bodyBlob(body, codings, contentType, signal),
    gcTime: 0,
  });
  if (data === undefined)
    return <PanelState what="Loading the image" error={error} onRetry={() => void refetch()} />;
  return <Picture blob={data} contentType={contentType} label={label} />;
}
