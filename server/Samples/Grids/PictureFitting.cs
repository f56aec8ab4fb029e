namespace ExplainLsp.Samples;

/// <summary>The part of a preprocessing that works on pictures: ground, colour, resize, letterbox, crop.</summary>
internal static class PictureFitting
{
    public static Picture Fit(Picture picture, ImagePreprocessing preprocessing, CancellationToken cancellation)
    {
        var flat = picture.Over(preprocessing.Ground);
        if (preprocessing.Order == ChannelOrder.Grey)
            flat = flat.ToGrey();
        var fitted = preprocessing.Resize switch
        {
            ResizeMode.Exact => Resampling.Resize(flat, preprocessing.Width, preprocessing.Height, preprocessing.Filter, cancellation),
            ResizeMode.ShortestEdge => ByShortestEdge(flat, preprocessing, cancellation),
            ResizeMode.Within => Within(flat, preprocessing, cancellation),
            ResizeMode.Letterbox => Letterbox(flat, preprocessing, cancellation),
            _ => flat,
        };
        return preprocessing is { CropHeight: { } height, CropWidth: { } width } ? Crop(fitted, height, width) : fitted;
    }

    /// <summary>Hugging Face's <c>get_resize_output_image_size</c>: the longer side is cut to a whole pixel.</summary>
    private static Picture ByShortestEdge(Picture picture, ImagePreprocessing preprocessing, CancellationToken cancellation)
    {
        var edge = preprocessing.Height;
        var (shorter, longer) = (Math.Min(picture.Width, picture.Height), Math.Max(picture.Width, picture.Height));
        var other = Math.Max(1, (int)((long)edge * longer / shorter));
        if (preprocessing.LongestEdge is { } longest && other > longest)
            (edge, other) = (Math.Max(1, (int)((long)longest * edge / other)), longest);
        var (width, height) = picture.Width <= picture.Height ? (edge, other) : (other, edge);
        return Resampling.Resize(picture, width, height, preprocessing.Filter, cancellation);
    }

    private static Picture Within(Picture picture, ImagePreprocessing preprocessing, CancellationToken cancellation)
    {
        var (longer, longest) = (Math.Max(picture.Width, picture.Height), preprocessing.Height);
        if (longer <= longest)
            return picture;
        int Side(int pixels) => Math.Max(1, (int)Math.Round((double)pixels * longest / longer));
        return Resampling.Resize(picture, Side(picture.Width), Side(picture.Height), preprocessing.Filter, cancellation);
    }

    private static Picture Letterbox(Picture picture, ImagePreprocessing preprocessing, CancellationToken cancellation)
    {
        var scale = Math.Min((double)preprocessing.Width / picture.Width, (double)preprocessing.Height / picture.Height);
        var width = Math.Clamp((int)Math.Round(picture.Width * scale), 1, preprocessing.Width);
        var height = Math.Clamp((int)Math.Round(picture.Height * scale), 1, preprocessing.Height);
        var resized = Resampling.Resize(picture, width, height, preprocessing.Filter, cancellation);
        return Place(resized, preprocessing.Height, preprocessing.Width, (preprocessing.Height - height) / 2, (preprocessing.Width - width) / 2, preprocessing.Padding);
    }

    /// <summary>Hugging Face's <c>center_crop</c>: half the difference rounded down; a smaller picture is padded with zero levels.</summary>
    private static Picture Crop(Picture picture, int height, int width) =>
        picture.Height == height && picture.Width == width
            ? picture
            : Place(picture, height, width, -((picture.Height - height) >> 1), -((picture.Width - width) >> 1), PictureColour.Black);

    /// <summary>A sheet of one colour with the picture on it, from (top, left); what lies outside is cut.</summary>
    private static Picture Place(Picture picture, int height, int width, int top, int left, PictureColour colour)
    {
        var source = picture.Channels == 1 && !colour.IsGrey ? picture.ToRgb() : picture;
        return source.Depth == 8
            ? new Picture(width, height, source.Channels, Place(source.Bytes, source, height, width, top, left, [colour.Red, colour.Green, colour.Blue]))
            { Source = picture.Source }
            : new Picture(width, height, source.Channels,
                Place<ushort>(source.Words, source, height, width, top, left, [(ushort)(colour.Red * 257), (ushort)(colour.Green * 257), (ushort)(colour.Blue * 257)]))
            { Source = picture.Source };
    }

    private static T[] Place<T>(ReadOnlySpan<T> levels, Picture picture, int height, int width, int top, int left, T[] colour)
    {
        var channels = picture.Channels;
        var sheet = new T[checked(height * width * channels)];
        for (var i = 0; i < sheet.Length; i++)
            sheet[i] = colour[i % channels];
        var (from, to) = (Math.Max(left, 0), Math.Min(left + picture.Width, width));
        for (var y = Math.Max(top, 0); y < Math.Min(top + picture.Height, height) && to > from; y++)
        {
            levels.Slice((((y - top) * picture.Width) + from - left) * channels, (to - from) * channels)
                .CopyTo(sheet.AsSpan(((y * width) + from) * channels));
        }
        return sheet;
    }
}
