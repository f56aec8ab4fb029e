using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>
/// The places of a sliding window over channels, height and width, as Captum's <c>Occlusion</c> puts them: as many steps as it takes to
/// reach the end of an axis, the last window cut at the border.
/// </summary>
/// <param name="Grid">The sample's shape.</param>
/// <param name="Window">The window: channels, pixels down, pixels across.</param>
/// <param name="Stride">The step along each; 1 to the window's size, so that every element is covered.</param>
internal sealed record OcclusionWindows(GridShape Grid, ImmutableArray<int> Window, ImmutableArray<int> Stride)
{
    private const int Coarsest = 8;

    private readonly ImmutableArray<int> sizes = [Grid.Channels, Grid.Height, Grid.Width];

    /// <summary>Windows in all.</summary>
    public int Count => checked(Steps(0) * Steps(1) * Steps(2));

    /// <summary>Reads the options <c>window</c> and <c>stride</c>.</summary>
    /// <exception cref="ExplainerException">Not a size, or one that does not fit.</exception>
    public static OcclusionWindows Read(OptionReader options, GridShape grid)
    {
        int usual = Math.Max(1, (int)Math.Round((grid.Height == 1 ? grid.Width : Math.Min(grid.Height, grid.Width)) / 7.0));
        ImmutableArray<int> window = Sizes(options, "window", grid, null) ?? [grid.Channels, Math.Min(usual, grid.Height), Math.Min(usual, grid.Width)];
        ImmutableArray<int> half = [window[0], (window[1] + 1) / 2, (window[2] + 1) / 2];
        ImmutableArray<int> stride = Sizes(options, "stride", grid, window) ?? half;
        options.Remember("window", Text(window, grid));
        options.Remember("stride", Text(stride, grid));
        var windows = new OcclusionWindows(grid, window, stride);
        const int Most = 1 << 22;
        if ((double)windows.Steps(0) * windows.Steps(1) * windows.Steps(2) > Most)
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture, $"occlusion with stride {Text(stride, grid)} would run more than {Most:N0} windows. Raise stride."));
        return windows;
    }

    /// <summary>The part of the grid under a window: from and (exclusive) to along channels, height and width.</summary>
    public void Place(int number, Span<int> from, Span<int> to)
    {
        Steps(number, from);
        for (int axis = 0; axis < 3; axis++)
        {
            from[axis] *= Stride[axis];
            to[axis] = Math.Min(from[axis] + Window[axis], sizes[axis]);
        }
    }

    /// <summary>
    /// The windows in the order in which they are run: first those of a stride of eight times the stride asked for, then those that
    /// four times it adds, and so on; with the number of windows at the end of each stage and its factor.
    /// </summary>
    public (int[] Order, ImmutableArray<(int End, int Factor)> Stages) CoarseFirst()
    {
        List<int> order = [];
        var stages = ImmutableArray.CreateBuilder<(int, int)>();
        bool[] taken = new bool[Count];
        Span<int> steps = stackalloc int[3];
        for (int factor = Coarsest; factor >= 1; factor /= 2)
        {
            int before = order.Count;
            for (int i = 0; i < taken.Length; i++)
            {
                Steps(i, steps);
                if (taken[i] || steps[1] % factor != 0 || steps[2] % factor != 0)
                    continue;
                taken[i] = true;
                order.Add(i);
            }
            // A stage of a handful of windows shows nothing.
            if (factor == 1 || (order.Count >= 16 && order.Count > before))
                stages.Add((order.Count, factor));
        }
        return ([.. order], stages.ToImmutable());
    }

    /// <summary>
    /// The map: for every element the mean of the differences of the windows that cover it. With a factor above 1 only windows at
    /// multiples of it are there, and each stands for all places up to the next.
    /// </summary>
    /// <param name="differences">f(x) − f(x under the window), one a window.</param>
    /// <param name="factor">1, or a stage's factor.</param>
    public ImmutableArray<double> Map(ReadOnlySpan<double> differences, int factor)
    {
        double[] sum = new double[Grid.Elements];
        int[] covered = new int[Grid.Elements];
        Span<int> steps = stackalloc int[3];
        Span<int> from = stackalloc int[3];
        Span<int> to = stackalloc int[3];
        for (int i = 0; i < differences.Length; i++)
        {
            Steps(i, steps);
            if (steps[1] % factor != 0 || steps[2] % factor != 0)
                continue;
            Place(i, from, to);
            for (int axis = 1; axis < 3; axis++)
                to[axis] = Math.Min(Math.Max(to[axis], from[axis] + (factor * Stride[axis])), sizes[axis]);
            for (int c = from[0]; c < to[0]; c++)
            {
                for (int y = from[1]; y < to[1]; y++)
                {
                    for (int x = from[2]; x < to[2]; x++)
                    {
                        int at = Grid.IndexOf(c, y, x);
                        sum[at] += differences[i];
                        covered[at]++;
                    }
                }
            }
        }
        for (int i = 0; i < sum.Length; i++)
            sum[i] /= Math.Max(1, covered[i]);
        return [.. sum];
    }

    private int Steps(int axis) => ((sizes[axis] - Window[axis] + Stride[axis] - 1) / Stride[axis]) + 1;

    private void Steps(int number, Span<int> steps)
    {
        (int rows, int columns) = (Steps(1), Steps(2));
        steps[0] = number / (rows * columns);
        steps[1] = number / columns % rows;
        steps[2] = number % columns;
    }

    private static ImmutableArray<int>? Sizes(OptionReader options, string key, GridShape grid, ImmutableArray<int>? window)
    {
        if (!options.Has(key))
            return null;
        string text = options.Text(key, "");
        ImmutableArray<int> most = window ?? [grid.Channels, grid.Height, grid.Width];
        string[] parts = text.Split([',', 'x', '×'], StringSplitOptions.TrimEntries);
        int[] numbers = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        ImmutableArray<int> sizes = numbers switch
        {
            // A single number is a square, as far as the picture goes: a line is one pixel high.
            [var both] => [most[0], both > most[1] && most[1] == 1 ? 1 : both, both > most[2] && most[2] == 1 ? 1 : both],
            [var down, var across] => [most[0], down, across],
            [var channels, var down, var across] => [channels, down, across],
            _ => [0, 0, 0],
        };
        for (int axis = 0; axis < 3; axis++)
        {
            if (sizes[axis] < 1 || sizes[axis] > most[axis])
            {
                string limit = window is null ? "the sample" : "the window, so that nothing is left out";
                throw options.Refuse(key, text, $"pixels as 4, 4x4 or 1,4,4 (channels, down, across), up to {most[0]},{most[1]},{most[2]} of {limit}");
            }
        }
        return sizes;
    }

    private static string Text(ImmutableArray<int> sizes, GridShape grid) =>
        grid.Layout == GridLayout.Plain ? $"{sizes[1]},{sizes[2]}" : string.Join(',', sizes);
}
