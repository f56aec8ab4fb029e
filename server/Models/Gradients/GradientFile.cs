using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using DataLocation = ExplainLsp.Models.Onnx.TensorProto.Types.DataLocation;

namespace ExplainLsp.Models.Gradients;

/// <summary>Writes a model with its gradient as one file for any ONNX Runtime.</summary>
internal static class GradientFile
{
    // What the file format's library can write in one piece.
    private const long MostBytes = int.MaxValue;

    /// <summary>Writes it.</summary>
    /// <exception cref="ModelException">It needs shapes that the model leaves open, is too big for one file, or cannot be written.</exception>
    public static void Write(GradientSource source, GradientRequest request, string path)
    {
        ModelProto model;
        try
        {
            model = GradientGraph.Build(source, request, keepOutputs: true).Model;
        }
        catch (ShapesNeededException needed)
        {
            throw GradientFailure.Refused(
                source.DisplayName, needed.Node, $"the shape of '{needed.Tensor}' must be fixed for a file that serves every run; export the model with fixed input sizes");
        }

        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataLocation == DataLocation.External).ToArray())
            Embed(tensor, source.Folder);
        if (model.CalculateSize() is var size && (size < 0 || size >= MostBytes))
            throw GradientFailure.TooBig(source.DisplayName, "with its gradient it is over 2 GiB, the most that one file holds");
        var partial = path + ".part";
        try
        {
            using (var file = File.Create(partial))
                model.WriteTo(file);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{Path.GetFileName(path)} cannot be written: {exception.Message} Choose another place.", exception);
        }
    }

    private static void Embed(TensorProto tensor, string folder)
    {
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(TensorNumbers.Bytes(tensor, folder));
        tensor.DataLocation = DataLocation.Default;
        tensor.ExternalData.Clear();
    }
}
