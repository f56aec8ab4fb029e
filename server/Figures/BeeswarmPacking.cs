namespace ExplainLsp.Figures;

/// <summary>Places dots beside one another so that none covers another, as far as the height allows; the same dots always lie the same.</summary>
internal static class BeeswarmPacking
{
    /// <summary>Offsets from the middle line, one a dot.</summary>
    /// <param name="places">Where the dots lie along the line; those that are not numbers keep offset 0.</param>
    /// <param name="diameter">The least distance of two dots.</param>
    /// <param name="reach">The largest offset; denser crowds are pressed together, so that their height still shows how dense they are.</param>
    public static double[] Offsets(ReadOnlySpan<double> places, double diameter, double reach)
    {
        var keys = places.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length).Where(dot => double.IsFinite(keys[dot])).OrderBy(dot => keys[dot])];
        var offsets = new double[keys.Length];
        // Lanes 0, +1, −1, +2, …: a dot takes the first whose last dot is far enough away.
        var (last, lanes) = (new double[order.Length], 0);
        foreach (var dot in order)
        {
            var lane = 0;
            while (lane < lanes && last[lane] > keys[dot] - diameter) lane++;
            lanes = Math.Max(lanes, lane + 1);
            last[lane] = keys[dot];
            offsets[dot] = (lane + 1) / 2 * (lane % 2 == 1 ? -diameter : diameter);
        }

        var widest = lanes / 2 * diameter;
        if (widest <= reach) return offsets;
        for (var i = 0; i < offsets.Length; i++) offsets[i] *= reach / widest;
        return offsets;
    }
}
