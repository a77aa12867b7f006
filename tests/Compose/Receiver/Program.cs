using System.Buffers.Binary;
using System.Collections.Concurrent;
using NymDirectory.Compose.Receiver;

// Stands where a collector stands: keeps every OTLP export, byte for byte, and gives out all of a signal when asked, each with its length before it.
// With Keep=false it only counts: for a load test, of which no memory could hold everything.
var exports = new ConcurrentDictionary<string, ConcurrentQueue<byte[]>>();
var counts = new ConcurrentDictionary<string, ExportCount>();
var builder = WebApplication.CreateSlimBuilder(args);
var keep = builder.Configuration.GetValue("Keep", true);
var app = builder.Build();

app.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
{
    using var body = new MemoryStream();
    await context.Request.Body.CopyToAsync(body, context.RequestAborted);
    var export = body.ToArray();
    counts.AddOrUpdate(signal, _ => ExportCount.None.With(export), (_, count) => count.With(export));
    if (keep)
    {
        exports.GetOrAdd(signal, _ => new ConcurrentQueue<byte[]>()).Enqueue(export);
    }

    context.Response.ContentType = "application/x-protobuf";
});

app.MapGet("/v1/{signal}", async (string signal, int since, HttpContext context) =>
{
    context.Response.ContentType = "application/octet-stream";
    var length = new byte[4];
    foreach (var export in exports.GetOrAdd(signal, _ => new ConcurrentQueue<byte[]>()).Skip(since))
    {
        BinaryPrimitives.WriteInt32BigEndian(length, export.Length);
        await context.Response.Body.WriteAsync(length, context.RequestAborted);
        await context.Response.Body.WriteAsync(export, context.RequestAborted);
    }
});

app.MapGet("/count/{signal}", (string signal) => counts.GetValueOrDefault(signal, ExportCount.None));

await app.RunAsync();
