using System.Numerics.Tensors;
using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers.Grids;

/// <summary>
/// RISE's masks (Petsiuk et al. 2018, section 3.2): a coarse grid whose cells are open with even chance, enlarged bilinearly by one cell
/// more than the picture and cut out at a random shift below one cell. Each mask has its own stream of chance.
/// </summary>
internal sealed class RandomMasks
{
    /// <summary>The chance that a cell is open.</summary>
    public const double Open = 0.5;

    private const long Stream = 0x72697365;

    private readonly long seed;
    private readonly int width;
    private readonly Axis down;
    private readonly Axis across;
    private readonly float[] cells;
    private readonly float[] lines;

    /// <param name="height">Pixels down.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="grid">Cells along each side, at most its pixels.</param>
    /// <param name="seed">The seed.</param>
    public RandomMasks(int height, int width, int grid, long seed)
    {
        this.seed = seed;
        this.width = width;
        down = new Axis(height, Math.Min(grid, height));
        across = new Axis(width, Math.Min(grid, width));
        cells = new float[down.Cells * across.Cells];
        lines = new float[down.Cells * width];
    }

    /// <summary>Writes a mask, values from 0 (hidden) to 1 (shown), row by row.</summary>
    public void Write(int number, Span<float> mask)
    {
        var random = new SeededRandom(seed, Stream, number);
        ulong bits = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            bits = (i & 63) == 0 ? random.NextBits() : bits >> 1;
            cells[i] = bits & 1;
        }
        int top = (int)random.Below(down.Size);
        int left = (int)random.Below(across.Size);
        for (int row = 0; row < down.Cells; row++)
        {
            ReadOnlySpan<float> from = cells.AsSpan(row * across.Cells, across.Cells);
            Span<float> line = lines.AsSpan(row * width, width);
            for (int x = 0; x < width; x++)
            {
                int low = across.Low[x + left];
                line[x] = from[low] + (across.Share[x + left] * (from[across.High(low)] - from[low]));
            }
        }
        for (int y = 0; y < down.Pixels; y++)
        {
            int low = down.Low[y + top];
            float share = down.Share[y + top];
            Span<float> row = mask.Slice(y * width, width);
            TensorPrimitives.Multiply(lines.AsSpan(low * width, width), 1 - share, row);
            TensorPrimitives.MultiplyAdd(lines.AsSpan(down.High(low) * width, width), share, row, row);
        }
    }

    /// <summary>Where the pixels of one axis lie between the cells.</summary>
    private sealed class Axis
    {
        public Axis(int pixels, int cells)
        {
            (Pixels, Cells) = (pixels, cells);
            Size = (pixels + cells - 1) / cells;
            int enlarged = (cells + 1) * Size;
            Low = new int[enlarged];
            Share = new float[enlarged];
            for (int i = 0; i < enlarged; i++)
            {
                double place = Math.Clamp(((i + 0.5) * cells / enlarged) - 0.5, 0, cells - 1);
                Low[i] = (int)place;
                Share[i] = (float)(place - Low[i]);
            }
        }

        public int Pixels { get; }

        public int Cells { get; }

        /// <summary>Pixels of a cell; shifts are below it.</summary>
        public int Size { get; }

        public int[] Low { get; }

        public float[] Share { get; }

        public int High(int low) => Math.Min(low + 1, Cells - 1);
    }
}
