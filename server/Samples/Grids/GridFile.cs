namespace ExplainLsp.Samples;

/// <summary>Reads an image or a tensor file as a sample, by its name: <c>.npy</c> and <c>.npz</c> are tensors, everything else is an image.</summary>
public static class GridFile
{
    /// <summary>Reads a file for a model's input.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The model's input.</param>
    /// <param name="preprocessing">How an image becomes model input; null to guess from the input's shape.</param>
    /// <param name="cancellation">Stops within 100 ms.</param>
    /// <exception cref="SampleException">Unreadable, or it does not fit the input.</exception>
    public static GridSample Read(string path, InputSpec input, ImagePreprocessing? preprocessing = null, CancellationToken cancellation = default) =>
        NumpyFile.IsNumpy(path)
            ? TensorSample.Read(path, input, cancellation)
            : ImageSample.Create(Picture.Read(path, cancellation), preprocessing ?? ImagePreprocessing.Guess(input), input, cancellation);
}
