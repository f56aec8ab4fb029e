using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// Images and tensors as model input, so that looking at one again (another method, another class) does not decode it again. One whose file
/// changed is read anew. Bounded by an estimate of bytes.
/// </summary>
internal sealed class GridCache
{
    private const long Capacity = 64L << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Entry> _entries = [];
    private (Key Of, IReadOnlyList<TensorSample> Rows)? _stack;
    private long _bytes;
    private long _clock;

    /// <summary>Reads an item, or takes it as read before.</summary>
    /// <exception cref="SampleException">It cannot be read, or does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public GridSample Read(GridItem item, GridBinding binding, CancellationToken cancellation)
    {
        if (item.Problem is { } problem)
        {
            throw new SampleException(problem);
        }

        var file = new FileInfo(item.File);
        var key = new Key(item.File, item.Slice, file.Exists ? file.LastWriteTimeUtc : default, file.Exists ? file.Length : 0, binding.Input, binding.Preprocessing);
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known))
            {
                _entries[key] = known with { Used = ++_clock };
                return known.Sample;
            }
        }

        var sample = Load(item, key, binding, cancellation);
        Keep(key, sample);
        return sample;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _stack = null;
            _bytes = 0;
        }
    }

    private GridSample Load(GridItem item, Key key, GridBinding binding, CancellationToken cancellation)
    {
        if (NumpyFile.IsNumpy(item.File))
        {
            return item.Slice is { } slice ? StackOf(key, cancellation)[slice] : TensorSample.Read(item.File, binding.Input, cancellation);
        }

        var preprocessing = binding.Preprocessing ?? throw new SampleException(binding.PreprocessingProblem!);
        return ImageSample.Create(Picture.Read(item.File, cancellation), preprocessing, binding.Input, cancellation);
    }

    /// <summary>The samples of a stack; the last one read is kept whole, since its samples are asked for one after another.</summary>
    private IReadOnlyList<TensorSample> StackOf(Key key, CancellationToken cancellation)
    {
        var whole = key with { Slice = null };
        lock (_lock)
        {
            if (_stack is { } known && known.Of == whole)
            {
                return known.Rows;
            }
        }

        var rows = TensorSample.ReadRows(key.File, key.Input, cancellation);
        lock (_lock)
        {
            _stack = (whole, rows);
        }

        return rows;
    }

    private static long BytesOf(GridSample sample) =>
        ((long)sample.Grid.Elements * sizeof(double)) + (sample is ImageSample image ? 4L * image.Picture.Width * image.Picture.Height * image.Picture.Channels : 0);

    private void Keep(Key key, GridSample sample)
    {
        var bytes = BytesOf(sample);
        lock (_lock)
        {
            if (bytes > Capacity || !_entries.TryAdd(key, new Entry(sample, bytes, ++_clock)))
            {
                return;
            }

            _bytes += bytes;
            while (_bytes > Capacity)
            {
                var oldest = _entries.MinBy(entry => entry.Value.Used);
                _entries.Remove(oldest.Key);
                _bytes -= oldest.Value.Bytes;
            }
        }
    }

    private sealed record Key(string File, int? Slice, DateTime Written, long Length, InputSpec Input, ImagePreprocessing? Preprocessing);

    private sealed record Entry(GridSample Sample, long Bytes, long Used);
}
